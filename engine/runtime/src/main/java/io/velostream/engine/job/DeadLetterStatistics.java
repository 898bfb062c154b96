package io.velostream.engine.job;

import java.util.OptionalLong;

/**
 * What a query of a job sent to its dead-letter topic on this pod since the pod started, letters whose transaction was
 * aborted included.
 *
 * @param topic the dead-letter topic
 * @param lastCode error code of the last letter; blank without one
 * @param lastMessage why the last letter's record failed; blank without one
 * @param lastAt when the last letter was written, milliseconds
 */
public record DeadLetterStatistics(
        String job, String query, String topic, long count, String lastCode, String lastMessage, OptionalLong lastAt) {}
