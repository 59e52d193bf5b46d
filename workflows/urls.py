"""Tasks, inbox, the enterprise's page and supervision."""

from django.urls import path

from workflows.views import bulk, inbox, my, objections, phrases, shelf, supervision, tasks

app_name = "workflows"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/several/", bulk.several, name="several"),
    path("phrases/", phrases.phrases, name="phrases"),
    path("phrases/<int:pk>/retire/", phrases.retire, name="phrase-retire"),
    path("my/", my.my, name="my"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/do/", tasks.do, name="do"),
    path("tasks/<int:pk>/claim/", tasks.claim, name="claim"),
    path("tasks/<int:pk>/release/", tasks.release, name="release"),
    path("tasks/<int:pk>/transfer/", tasks.transfer, name="transfer"),
    path("tasks/<int:pk>/shelve/", shelf.shelve, name="shelve"),
    path("tasks/<int:pk>/unshelve/", shelf.unshelve, name="unshelve"),
    path("tasks/<int:pk>/objections/", objections.raise_objection, name="raise-objection"),
    path("tasks/<int:pk>/objections/<int:objection>/", objections.resolve_objection, name="resolve-objection"),
]
