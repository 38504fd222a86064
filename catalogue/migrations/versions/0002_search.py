"""The full-text index over `search_entry`: FTS5 on SQLite, a tsvector on PostgreSQL. No model describes it."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = """
    CREATE VIRTUAL TABLE search_fts USING fts5(
        syllables, words, stems, content='search_entry', content_rowid='product_id', tokenize='ascii'
    )
"""
POSTGRESQL = """
    CREATE TABLE search_fts (
        product_id INTEGER PRIMARY KEY REFERENCES search_entry (product_id) ON DELETE CASCADE,
        document TSVECTOR NOT NULL
    )
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE)
    else:
        op.execute(POSTGRESQL)
        op.execute("CREATE INDEX ix_search_fts_document ON search_fts USING gin (document)")


def downgrade() -> None:
    op.execute("DROP TABLE search_fts")
