package io.velostream.engine.config;

/**
 * What the pod has, from which defaults are derived.
 *
 * @param heapBytes largest heap of the JVM
 * @param processors processors that the JVM may use
 */
public record PodResources(long heapBytes, int processors) {

    /** Those of this JVM; in a container the container's limits. */
    public static PodResources ofThisProcess() {
        Runtime runtime = Runtime.getRuntime();
        return new PodResources(runtime.maxMemory(), runtime.availableProcessors());
    }
}
