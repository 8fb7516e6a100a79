"""What every REST service shares (giao diện lập trình): endpoints, strict reading, one shape of errors, a description.

A service is a class for one noun and one HTTP verb, registered in ZCML as plone.restapi does it; its endpoints name the
paths below the noun, the shape of what comes in and of what goes out, and the function that calls the operation.
"""
