package io.velostream.cli.demo;

/** A step of the demo did not come to what it must come to. The message is a sentence for the person who ran it. */
final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }
}
