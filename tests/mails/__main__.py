"""`python -m tests.mails`: how many mails of each set have to lead to which action."""

from collections import Counter

from tests.mails import ALL, SETS

ACTIONS = ("append", "held", "automatic", "bounce", "quarantine", "unmatched", "duplicate", "rejected")


def main() -> None:
    print(f"{'':<12}" + "".join(f"{action:>12}" for action in ACTIONS) + f"{'all':>6}")
    for name, cases in {**SETS, "all": ALL}.items():
        counts = Counter(case.action for case in cases)
        print(f"{name:<12}" + "".join(f"{counts[action] or '':>12}" for action in ACTIONS) + f"{len(cases):>6}")


if __name__ == "__main__":
    main()
