"""
Runs every programme of this folder under CPython's own event loop and writes what it prints to golden/<topic>.json.

    python3 golden.py            writes the golden files
    python3 golden.py --print    prints all of them as one JSON document

A programme is a coroutine function, run by run_until_complete on a new loop, or a function that is given that loop.
"""
import asyncio
import gc
import importlib
import inspect
import io
import json
import logging
import re
import sys
import warnings
from contextlib import redirect_stdout
from pathlib import Path

# Nothing but the golden files is written here.
sys.dont_write_bytecode = True

from events import programmes, report, show

folder = Path(__file__).parent


# Some submit coroutines in vain.
warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)


class Output(logging.Handler):
    """What asyncio itself logs is a line of the output, as it is on our side; without the traceback."""

    def emit(self, record):
        print(f"{record.getMessage().splitlines()[0]}: {show(record.exc_info[1])}")


logging.getLogger("asyncio").addHandler(Output())


def run(programme):
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(report)
    if inspect.iscoroutinefunction(programme):
        loop.run_until_complete(programme())
    else:
        programme(loop)
    loop.close()


def lines(programme):
    with redirect_stdout(io.StringIO()) as output:
        run(programme)
        # Whoever dropped an exception that nobody looked at is told so when it is collected.
        gc.collect()
    return output.getvalue().splitlines()


def camel(name):
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


for path in sorted(folder.glob("*.py")):
    if path.name != "golden.py":
        importlib.import_module(path.stem)
documents = {
    topic: {camel(function.__name__): lines(function) for function in functions} for topic, functions in programmes.items()
}
if sys.argv[1:] == ["--print"]:
    print(json.dumps(documents))
else:
    for topic, document in documents.items():
        programme_lines = [f"  {json.dumps(name)}: {json.dumps(printed)}" for name, printed in document.items()]
        (folder / "golden" / f"{topic}.json").write_text("{\n" + ",\n".join(programme_lines) + "\n}\n")
