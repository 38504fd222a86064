"""The words of what is published, counted for each consortium: what "Did you mean" and suggestions choose from."""

from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AT_ONCE = 1000


def upgrade() -> None:
    table = op.create_table(
        "search_word",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("products", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_search_word_consortium_id")),
        sa.PrimaryKeyConstraint("consortium_id", "word", name=op.f("pk_search_word")),
    )
    counts = _counted()
    for start in range(0, len(counts), AT_ONCE):
        op.bulk_insert(table, counts[start : start + AT_ONCE])


def downgrade() -> None:
    op.drop_table("search_word")


def _counted() -> list[dict[str, object]]:
    """The words of every entry: each token is a mark and the word in hexadecimal, "x" stands between two texts."""
    counts: Counter[tuple[int, str]] = Counter()
    for consortium_id, tokens in op.get_bind().execute(sa.text("SELECT consortium_id, words FROM search_entry")):
        words = {bytes.fromhex(token[1:]).decode() for token in tokens.split() if token != "x"}
        counts.update((consortium_id, word) for word in words if _is_word(word))
    return [
        {"consortium_id": consortium_id, "word": word, "shown": word, "products": count}
        for (consortium_id, word), count in counts.items()
    ]


def _is_word(word: str) -> bool:
    is_lao = any("\u0e80" <= sign <= "\u0eff" for sign in word)
    return len(word) >= 2 if is_lao else len(word) >= 3 and word.isalpha()
