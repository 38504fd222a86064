"""Makes the environment in .venv, with nothing but Python: `python3 .ci/environment.py run` or `... dev`.

uv is used where it is found, else venv and pip; packages are those of requirements.txt or requirements-dev.txt, by their
hashes. It is made again only when that file or the Python has changed. Any Python 3 can read this file, to say that it is
too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(HERE, ".venv")
PYTHON = os.path.join(FOLDER, "bin", "python")
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
OLDEST = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]


class NoEnvironment(Exception):
    """Why there is no environment, in one sentence that says what to do."""


def main(kind):
    try:
        use_newer_python()
        prepare(kind)
    except NoEnvironment as refusal:
        print("Not started. {}".format(refusal), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def use_newer_python():
    """Go on in a Python that is new enough. Raises NoEnvironment where there is none."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found] + sys.argv)
    found = ".".join(str(part) for part in sys.version_info[:2])
    raise NoEnvironment("Sala needs Python 3.11 or newer, and this is {}: install one, or set PYTHON.".format(found))


def prepare(kind):
    """Make what is missing; a moment when nothing is."""
    if not is_current(kind):
        if not os.access(HERE, os.W_OK):
            raise NoEnvironment("The folder {} cannot be written: make it writable, or copy it.".format(HERE))
        uv = shutil.which("uv")
        if not works() or not (uv or has_pip()):
            make_folder(uv)
        print("Fetching the packages of {} ...".format(LOCKS[kind]), flush=True)
        install(uv, os.path.join(HERE, LOCKS[kind]))
        write_stamp(kind)
    compile_translations()


def is_current(kind):
    """Whether the environment holds this kind's packages; that for developers holds those of the site as well."""
    enough = [kind] if kind == "dev" else ["run", "dev"]
    return works() and any(read_stamp(each) == stamp_of(each) for each in enough)


def works():
    """Whether the environment's Python starts: it does not where the Python that it was made from is gone."""
    try:
        return subprocess.call([PYTHON, "-c", ""], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def has_pip():
    return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def make_folder(uv):
    shutil.rmtree(FOLDER, ignore_errors=True)
    if uv:
        made = subprocess.call([uv, "venv", "--quiet", "--python", sys.executable, FOLDER])
    else:
        made = subprocess.call([sys.executable, "-m", "venv", FOLDER], stdout=subprocess.DEVNULL)
    if made != 0:
        shutil.rmtree(FOLDER, ignore_errors=True)
        advice = "install Debian's python3-venv (or python3-full), or uv"
        raise NoEnvironment("This Python cannot make an environment: {}.".format(advice))


def install(uv, lock):
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", lock]
    else:
        quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
        command = [PYTHON, "-m", "pip", "install"] + quiet + ["--require-hashes", "-r", lock]
    if subprocess.call(command) != 0:
        raise NoEnvironment("The packages could not be fetched (see above): a connection is needed, this once.")


def stamp_of(kind):
    """What an environment of this kind is made from: the lock, and the Python's version."""
    with open(os.path.join(HERE, LOCKS[kind]), "rb") as file:
        content = file.read()
    return "{} {}.{}".format(hashlib.sha256(content).hexdigest(), *sys.version_info[:2])


def read_stamp(kind):
    try:
        with open(os.path.join(FOLDER, "stamp-" + kind)) as file:
            return file.read()
    except OSError:
        return ""


def write_stamp(kind):
    """Note what was installed last. Packages of the other kind may have changed with it, so its stamp goes."""
    for each in LOCKS:
        path = os.path.join(FOLDER, "stamp-" + each)
        if os.path.exists(path):
            os.remove(path)
    with open(os.path.join(FOLDER, "stamp-" + kind), "w") as file:
        file.write(stamp_of(kind))


def compile_translations():
    """Make the .mo files that are missing or older than their .po."""
    folder = os.path.join(HERE, "translations")
    for root, _folders, names in os.walk(folder):
        for name in names:
            source = os.path.join(root, name)
            target = source[: -len(".po")] + ".mo"
            if name.endswith(".po") and age(source) > age(target):
                command = [os.path.join(FOLDER, "bin", "pybabel"), "--quiet", "compile", "-i", source, "-o", target]
                if subprocess.call(command) != 0:
                    raise NoEnvironment("{} cannot be compiled (see above).".format(source))


def age(path):
    return os.path.getmtime(path) if os.path.exists(path) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
