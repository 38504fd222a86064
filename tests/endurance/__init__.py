"""Proof that no inquiry is lost or doubled while web server and worker are killed: senders, a killer and a counter."""
