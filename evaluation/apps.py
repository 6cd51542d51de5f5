from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Councils, score sheets and outcomes."""

    name = "evaluation"
    verbose_name = "Đánh giá, phân hạng"
