"""What a load balancer asks: are the services that this process needs up?"""

import asyncio
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from health_check.views import HealthCheckView


def checks() -> list[str]:
    """Return the checks that make sense for this configuration.

    Workers are not among them: without one, pages and saving work on, and totals say what they still wait for.
    """
    configured = ["health_check.checks.Database"]
    if settings.REDIS_URL:
        configured.append("health_check.checks.Cache")
    return configured


class Health(HealthCheckView):  # type: ignore[misc]
    """Says which service is up or down and nothing else, for anyone may ask; the reason is in the log."""

    async def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        with self.get_executor() as executor:
            results = await asyncio.gather(*(check.get_result(executor) for check in self.get_checks()))
        state = {type(result.check).__name__.lower(): "down" if result.error else "up" for result in results}
        return JsonResponse(state, status=503 if "down" in state.values() else 200)
