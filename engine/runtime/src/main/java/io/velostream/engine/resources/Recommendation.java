package io.velostream.engine.resources;

/**
 * One thing that would be better otherwise.
 *
 * @param key of the configuration; {@code pod.memory} or {@code pod.replicas} where no key helps
 * @param current value in force
 * @param recommended value; for {@code pod.…} what the pod, or the cluster, should have
 * @param reason what was observed and why the value follows from it
 */
public record Recommendation(String key, long current, long recommended, String reason) {}
