package io.velostream.engine.runtime.operator;

/** A step that has another behind it, to which it passes on the time and the end of a batch. */
abstract class PassingStep extends Step {

    /** The step that takes this one's rows. */
    final Step next;

    PassingStep(Step next) {
        this.next = next;
    }

    @Override
    void advance() {
        next.advance();
    }

    @Override
    void endOfBatch() {
        next.endOfBatch();
    }
}
