package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that the API refuses, in the terms of Kubernetes' {@code Status}. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    private ApiException(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message);
    }

    static ApiException notFound(ResourceType type, String name) {
        return new ApiException(404, "NotFound", type.qualified() + " \"" + name + "\" not found");
    }

    static ApiException forbidden(String message) {
        return new ApiException(403, "Forbidden", message);
    }

    static ApiException noSuchPath() {
        return new ApiException(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiException methodNotAllowed(String method) {
        return new ApiException(405, "MethodNotAllowed", "the server does not allow " + method + " on this path");
    }

    static ApiException alreadyExists(ResourceType type, String name) {
        return new ApiException(409, "AlreadyExists", type.qualified() + " \"" + name + "\" already exists");
    }

    static ApiException conflict(ResourceType type, String name, String why) {
        return new ApiException(
                409, "Conflict", "Operation cannot be fulfilled on " + type.qualified() + " \"" + name + "\": " + why);
    }

    static ApiException applyConflict(String message) {
        return new ApiException(409, "Conflict", message);
    }

    static ApiException expired(long revision, long oldest) {
        return new ApiException(410, "Expired", "too old resource version: " + revision + " (" + oldest + ")");
    }

    static ApiException unsupportedMediaType(String type) {
        return new ApiException(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + type);
    }

    static ApiException invalid(ResourceType type, String name, String message) {
        return new ApiException(
                422, "Invalid", type.kind() + "." + type.group() + " \"" + name + "\" is invalid: " + message);
    }

    static ApiException tooManyRequests(String message) {
        return new ApiException(429, "TooManyRequests", message);
    }

    int code() {
        return code;
    }

    ObjectNode toStatus() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        status.put("code", code);
        return status;
    }
}
