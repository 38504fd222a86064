"""People, their sign-ins and second factors."""
