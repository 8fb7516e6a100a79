"""Documents (văn bản): arriving, registered, passed on, drafted, reviewed, signed, issued, delivered, recalled."""
