package io.velostream.engine.plan.physical;

/** Which rows without a partner a join keeps, with NULL in the place of the other side's columns. */
public enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL;

    /** Whether the rows of the left side are kept. */
    public boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    /** Whether the rows of the right side are kept. */
    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }

    /** The same join with its sides exchanged. */
    public JoinKind exchanged() {
        return switch (this) {
            case LEFT -> RIGHT;
            case RIGHT -> LEFT;
            case INNER, FULL -> this;
        };
    }
}
