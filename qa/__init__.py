"""Questions in, cited answers out; `qa.service.open_service` is the door."""
