"""What is shown: products, their versions, and the public life of each listing."""
