# For developers. Users need only: python3 portal.py run, python3 portal.py test.
BIN := .portal/venv/bin
PY := $(BIN)/python
CHECK_ENV := DJANGO_SECRET_KEY=only-for-checks-0123456789abcdef0123456789 TRAIL_SIGNING_KEY=b25seS1mb3ItY2hlY2tzLW9ubHktZm9yLWNoZWNrcyE DATABASE_URL=postgresql://nobody@127.0.0.1:1/none BROKER_URL=redis://127.0.0.1:1/0 PORTAL_DEMO=1

.PHONY: env check fix test run seed states bench drill shots

env: ## the developers' environment
	@python3 portal.py env

check: env ## seconds: format, lint, templates, arrows, migrations, diagrams, libraries known to be bad
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports --no-cache
	$(CHECK_ENV) $(PY) manage.py makemigrations --check --dry-run --verbosity 0
	$(CHECK_ENV) $(PY) manage.py draw_states --check
	$(PY) tools/advisories.py

fix: env ## put format and imports right
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

test: ## everything, as README and CI call it
	python3 portal.py test

run: ## the whole portal with demo data
	python3 portal.py run

seed: ## an empty demo: the next `make run` loads it anew
	rm -rf .portal/run

states: env ## draw the MOVES tables into docs/states
	$(CHECK_ENV) $(PY) manage.py draw_states

bench: ## five pages as ratios to null pages, in one run
	python3 portal.py bench

drill: ## the full form of the slow drills
	python3 portal.py test --drill

shots: ## screenshots of every page into build/shots
	python3 portal.py test tests/journeys --shots
