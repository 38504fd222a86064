"""Files of a consortium: photographs and attachments, their stores and the sizes made of them."""
