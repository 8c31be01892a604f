# Short names for start.py, which does everything; `make help` lists them.
# Another Python: make run PYTHON=python3.12. More words: make test ARGS="tests/unit -x".

PYTHON ?= python3
ARGS ?=

COMMANDS = run demo prepare test check bench drills words lock help

.PHONY: $(COMMANDS)
.DEFAULT_GOAL := help

# One plain command, so that make starts it without a shell between: signals reach it.
$(COMMANDS):
	@$(PYTHON) start.py $@ $(ARGS)
