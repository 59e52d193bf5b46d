"""Projects, their applications and papers, and messages."""

from django.urls import path

from approvals.views import (
    application,
    clock,
    facts,
    files,
    library,
    messages,
    plan,
    project,
    projects,
    readings,
    registration,
    stage,
    substitutions,
)

app_name = "approvals"
urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", registration.register, name="project-new"),
    path("projects/<int:pk>/", project.overview, name="project"),
    path("projects/<int:pk>/facts/", facts.facts, name="facts"),
    path("projects/<int:pk>/determinations/", project.determinations, name="determinations"),
    path("projects/<int:pk>/stages/<slug:stage>/", stage.stage, name="stage"),
    path("projects/<int:pk>/evidence/", readings.record, name="evidence"),
    path("projects/<int:pk>/land-delays/", readings.record_delay, name="land-delay"),
    path("projects/<int:pk>/land-delays/<int:delay>/end/", readings.end_delay, name="land-delay-end"),
    path("projects/<int:pk>/matters/", project.matters, name="matters"),
    path("projects/<int:pk>/plan/", plan.plan, name="plan"),
    path("projects/<int:pk>/plan/wish/", plan.wish, name="plan-wish"),
    path("projects/<int:pk>/documents/", project.documents, name="documents"),
    path("projects/<int:pk>/history/", project.history, name="history"),
    path("applications/<int:pk>/", application.application, name="application"),
    path("applications/<int:pk>/clock/", clock.clock, name="clock"),
    path("applications/<int:pk>/materials/<int:material>/", application.hand_in, name="hand-in"),
    path("applications/<int:pk>/submit/", application.submit, name="submit"),
    path("applications/<int:pk>/withdraw/", application.withdraw, name="withdraw"),
    path("documents/<int:pk>/", files.document, name="document"),
    path("attachments/<int:pk>/", files.attachment, name="attachment"),
    path("rules/", library.index, name="rules"),
    path("rules/<slug:table>/compare/", library.compare, name="rule-compare"),
    path("rules/<slug:table>/<slug:edition>/", library.edition, name="rule-edition"),
    path("rules/<slug:table>/<slug:edition>/<slug:key>/", library.entry, name="rule"),
    path("away/", substitutions.away, name="away"),
    path("away/<int:pk>/back/", substitutions.back, name="back"),
    path("messages/", messages.messages, name="messages"),
    path("messages/<int:pk>/read/", messages.mark_read, name="message-read"),
    path("messages/read/", messages.mark_all_read, name="messages-read"),
]
