package io.velostream.local.apiserver.memory;

/**
 * What a write carries beside its body.
 *
 * @param manager who owns what is written
 * @param force whether an apply takes fields from other owners
 */
record WriteOptions(String manager, boolean force, boolean dryRun) {}
