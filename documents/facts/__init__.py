"""What a document of each kind must be told: one TypedDict per kind, plain JSON throughout.

Dates are ISO strings ("2026-11-24", "" where there is none), decimals are strings, texts are ready to print.
No constant of law lives in a template: periods, articles and remedies arrive here from the rules.
The modules do without postponed annotations: with them every key of a TypedDict would count as required.
"""
