package io.velostream.engine.runtime.operator;

/**
 * What lies in a repartition topic, which only we read. Its first byte is the version of the form, its second the kind.
 *
 * <pre>
 * row:      1, 'r', upstream, event time, how far the upstream's watermark is behind it, columns
 * row:      1, 'u', upstream, event time, columns: the upstream has no watermark yet
 * removal:  1, 'd', upstream, event time, columns: the row is taken back
 * exchange: 1, 'x', upstream, event time, columns taken back, columns that take their place
 * control:  1, 'c', upstream, flags (idle, complete), watermark (8 bytes)
 * </pre>
 *
 * <p>Behind a row's columns there may be the record that the row was made from, where late rows go to the dead-letter
 * topic.
 *
 * <p>A row carries the watermark that its upstream had before the row, so that the task that takes it knows it is late
 * even when the control record, which goes to all tasks once a batch, is still to come.
 */
final class RepartitionFormat {

    static final byte VERSION = 1;
    static final byte ROW = 'r';
    static final byte UNTIMED_ROW = 'u';
    static final byte REMOVAL = 'd';
    static final byte EXCHANGE = 'x';
    static final byte CONTROL = 'c';
    static final int IDLE = 1;
    static final int COMPLETE = 2;

    private RepartitionFormat() {}
}
