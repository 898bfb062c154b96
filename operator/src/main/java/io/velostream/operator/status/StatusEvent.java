package io.velostream.operator.status;

/** Something to tell about a resource. */
public record StatusEvent(Reason reason, boolean warning, String note) {}
