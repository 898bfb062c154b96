package io.velostream.cli.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Whom {@code velo sql} asks. */
interface SqlAsker {

    /** Takes rows one after the other. */
    @FunctionalInterface
    interface Rows {
        void row(ObjectNode row) throws IOException;
    }

    /**
     * How an answer ended.
     *
     * @param failed records that could not be read and are left out
     * @param reason {@code complete}, {@code limit} or {@code timeout}
     */
    record End(long rows, long failed, String reason) {}

    /** How much is asked for. */
    record Limits(long rows, String timeout, boolean latest) {}

    /**
     * Asks one text.
     *
     * @throws SqlRefusedException when it is wrong, or not to be answered
     */
    End ask(String sql, Limits limits, Rows rows) throws IOException, InterruptedException;
}
