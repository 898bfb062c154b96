package io.velostream.local.node;

/**
 * A container or pod cannot be started as its spec asks; the node tries again later.
 *
 * <p>The reason is one of the kubelet's: {@code CreateContainerConfigError}, {@code ErrImagePull}, {@code FailedMount}, …
 */
final class ContainerConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ContainerConfigException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    static ContainerConfigException config(String message) {
        return new ContainerConfigException("CreateContainerConfigError", message);
    }

    static ContainerConfigException mount(String message) {
        return new ContainerConfigException("FailedMount", message);
    }

    String reason() {
        return reason;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
