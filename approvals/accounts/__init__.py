"""People and organisations: who exists, who holds which role where and when, who works for which enterprise."""
