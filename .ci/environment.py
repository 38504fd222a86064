"""Makes the environment in .venv, with nothing but Python: `python3 .ci/environment.py run` or `... dev`.

uv is used where it is found, else venv and pip; packages are those of requirements.txt or requirements-dev.txt, by
their hashes. It is made again only when that file or the Python has changed. Old Pythons can read this file, to say
that they are too old: nothing newer than Python 3.6 stands in it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
FOLDER = HERE / ".venv"
PROGRAMS = FOLDER / "bin"
PYTHON = PROGRAMS / "python"
LOCKS = {"run": HERE / "requirements.txt", "dev": HERE / "requirements-dev.txt"}
OLDEST = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]


class NoEnvironment(Exception):
    """Why there is no environment, in one sentence that says what to do."""


def main(kind):
    """Prepare for one kind of use; the exit code."""
    try:
        use_newer_python()
        prepare(kind)
    except NoEnvironment as refusal:
        print(f"Not started. {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def use_newer_python():
    """Go on in a Python that is new enough. Raises `NoEnvironment` where there is none."""
    if sys.version_info >= OLDEST:
        return
    found = next(filter(None, map(shutil.which, NEWER)), None)
    if found:
        os.execv(found, [found, *sys.argv])  # noqa: S606
    found = ".".join(map(str, sys.version_info[:2]))
    raise NoEnvironment(f"Sala needs Python 3.11 or newer, and this is {found}: install one, or set PYTHON.")


def prepare(kind):
    """Make what is missing; a moment when nothing is. Raises `NoEnvironment`."""
    if not is_current(kind):
        if not os.access(str(HERE), os.W_OK):
            raise NoEnvironment(f"The folder {HERE} cannot be written: make it writable, or copy it.")
        uv = shutil.which("uv")
        if not does("") or not (uv or does("import pip")):
            make_folder(uv)
        print(f"Fetching the packages of {LOCKS[kind].name} ...", flush=True)
        install(uv, LOCKS[kind])
        write_stamp(kind)
    compile_program()
    compile_translations()


def is_current(kind):
    """Whether the environment holds this kind's packages; that for developers holds those of the site as well."""
    enough = ["dev"] if kind == "dev" else ["run", "dev"]
    return does("") and any(read_stamp(each) == stamp_of(each) for each in enough)


def does(program):
    """Whether the environment's Python runs this; it runs nothing where the Python that it was made from is gone."""
    try:
        return subprocess.call([str(PYTHON), "-c", program], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_folder(uv):
    """Make .venv anew. Raises `NoEnvironment`."""
    shutil.rmtree(str(FOLDER), ignore_errors=True)
    if uv:
        made = subprocess.call([uv, "venv", "--quiet", "--python", sys.executable, str(FOLDER)])
    else:
        made = subprocess.call([sys.executable, "-m", "venv", str(FOLDER)], stdout=subprocess.DEVNULL)
    if made != 0:
        shutil.rmtree(str(FOLDER), ignore_errors=True)
        raise NoEnvironment("This Python cannot make an environment: install python3-venv (Debian, Ubuntu), or uv.")


def install(uv, lock):
    """Put the packages of a lock file into .venv. Raises `NoEnvironment`."""
    by_pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    by_uv = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
    if subprocess.call([*(by_uv if uv else by_pip), "--require-hashes", "-r", str(lock)]) != 0:
        raise NoEnvironment("The packages could not be fetched (see above): this once, a connection is needed.")


def stamp_of(kind):
    """What an environment of this kind is made from: the lock, and the Python's version."""
    version = ".".join(map(str, sys.version_info[:2]))
    return f"{hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()} {version}"


def read_stamp(kind):
    """What the environment was made from, when it was made for this kind of use."""
    path = FOLDER / f"stamp-{kind}"
    return path.read_text() if path.exists() else ""


def write_stamp(kind):
    """Note what was installed last. Packages of the other kind may have changed with it, so its stamp goes."""
    for stamp in FOLDER.glob("stamp-*"):
        stamp.unlink()
    (FOLDER / f"stamp-{kind}").write_text(stamp_of(kind))


def compile_program():
    """Compile what has changed of the program, even where PYTHONDONTWRITEBYTECODE is set: else each process does it."""
    command = [str(PYTHON), "-m", "compileall", "-q", "catalogue", "config.py", "wsgi.py"]
    subprocess.call(command, cwd=str(HERE), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def compile_translations():
    """Make the .mo files that are missing or older than their .po. Raises `NoEnvironment`."""
    for source in (HERE / "translations").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        command = [str(PROGRAMS / "pybabel"), "--quiet", "compile", "-i", str(source), "-o", str(target)]
        if subprocess.call(command) != 0:
            raise NoEnvironment(f"{source} cannot be compiled (see above).")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
