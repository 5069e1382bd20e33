"""HTTP and Socket.IO: translates, decides nothing."""
