"""Tasks, inbox, the enterprise's page and supervision."""

from django.urls import path

from workflows.views import inbox, my, objections, supervision, tasks

app_name = "workflows"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("my/", my.my, name="my"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/do/", tasks.do, name="do"),
    path("tasks/<int:pk>/claim/", tasks.claim, name="claim"),
    path("tasks/<int:pk>/release/", tasks.release, name="release"),
    path("tasks/<int:pk>/transfer/", tasks.transfer, name="transfer"),
    path("tasks/<int:pk>/objections/", objections.raise_objection, name="raise-objection"),
    path("tasks/<int:pk>/objections/<int:objection>/", objections.resolve_objection, name="resolve-objection"),
]
