from povtrack.rollups.releases.models import Release, ReleasedTotal

__all__ = ["Release", "ReleasedTotal"]
