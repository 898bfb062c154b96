package io.velostream.engine.resources;

/**
 * What one stage of a query keeps on this pod.
 *
 * @param usedBytes in memory
 * @param peakBytes the most since the stage was first seen
 * @param groups in memory and on disk
 * @param spilledGroups on disk
 * @param peakGroupsInMemory the most groups that were in memory
 */
public record OperatorUse(
        String job,
        String query,
        String stage,
        long usedBytes,
        long peakBytes,
        long groups,
        long spilledGroups,
        long peakGroupsInMemory) {

    /** The same with newer figures and the higher peaks. */
    OperatorUse then(OperatorUse newer) {
        return new OperatorUse(
                job,
                query,
                stage,
                newer.usedBytes,
                Math.max(peakBytes, newer.peakBytes),
                newer.groups,
                newer.spilledGroups,
                Math.max(peakGroupsInMemory, newer.peakGroupsInMemory));
    }
}
