package io.velostream.engine.config;

/** When a changed key acts. */
public enum ConfigEffect {
    /** At once, in what runs. */
    AT_ONCE,
    /** Once the units of the jobs are closed and started anew ({@code POST /admin/processing/restart}). */
    PROCESSING_RESTART,
    /** Once the process starts anew. */
    POD_RESTART,
    /** Never: nothing in this version acts on the key. */
    NONE
}
