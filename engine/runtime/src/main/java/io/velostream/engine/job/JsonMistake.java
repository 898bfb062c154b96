package io.velostream.engine.job;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says in the document's own words what is wrong with it, without the names of our classes. */
final class JsonMistake {

    private JsonMistake() {}

    static String sentence(JsonProcessingException mistake) {
        String field = mistake instanceof JsonMappingException mapping ? path(mapping) : "";
        if (mistake.getOriginalMessage().startsWith("No content")) {
            return "it is empty";
        }
        if (mistake instanceof MismatchedInputException mismatch) {
            String subject = field.isEmpty() ? "it" : "\"" + field + "\"";
            return subject + " " + mismatch(mismatch) + place(mistake);
        }
        return firstLine(mistake.getOriginalMessage()) + place(mistake);
    }

    private static String mismatch(MismatchedInputException mistake) {
        String message = mistake.getOriginalMessage();
        if (message.contains("`null`") || message.startsWith("Null value") || message.startsWith("Missing")) {
            return "is missing";
        }
        Class<?> target = mistake.getTargetType();
        String wanted = target == null ? "another type" : wanted(target);
        return mistake instanceof InvalidFormatException format
                ? "is \"" + format.getValue() + "\", but must be " + wanted
                : "must be " + wanted;
    }

    private static String wanted(Class<?> target) {
        if (target.isEnum()) {
            return Arrays.stream(target.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (target.isPrimitive() || Number.class.isAssignableFrom(target)) {
            return target == boolean.class ? "true or false" : "a whole number";
        }
        if (target == String.class) {
            return "a text";
        }
        return Iterable.class.isAssignableFrom(target) ? "a list" : "an object";
    }

    private static String path(JsonMappingException mistake) {
        return mistake.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String place(JsonProcessingException mistake) {
        JsonLocation location = mistake.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
