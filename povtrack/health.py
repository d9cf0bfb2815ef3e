"""What a load balancer asks: are the services that this process needs up?"""

import asyncio
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from health_check.views import HealthCheckView

from povtrack.lib.replica.reading import state as replica_state


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
        state: dict[str, Any] = {
            type(result.check).__name__.lower(): "down" if result.error else "up" for result in results
        }
        status = 503 if "down" in state.values() else 200
        # Without it the database itself answers, so it makes nobody look for another web server.
        if (replica := await sync_to_async(replica_state)()) is not None:
            state |= {"replica": replica.word, "replica_lag_seconds": replica.lag and round(replica.lag, 1)}
        return JsonResponse(state, status=status)
