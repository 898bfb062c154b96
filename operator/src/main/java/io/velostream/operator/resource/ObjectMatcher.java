package io.velostream.operator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * Whether an object already says everything that we want of it: each field of the wanted tree is in the actual one with the same
 * value. What others and the API server's defaults add is left alone, so a second pass writes nothing. Fields that we stop
 * wanting are not seen here; {@link ObjectWriter} notices them by the hash of the wanted object.
 *
 * <p>Lists of objects match when each wanted element is found in some actual element, in any order, for the API server keeps
 * such lists as maps by a key; all other lists must be equal. Amounts are compared by value: {@code 1000m} is {@code 1}.
 */
public final class ObjectMatcher {

    private ObjectMatcher() {}

    /** Whether {@code actual} holds all of {@code wanted}. */
    public static boolean holds(JsonNode wanted, JsonNode actual) {
        if (wanted.isObject()) {
            return actual.isObject() && holdsFields(wanted, actual);
        }
        if (wanted.isArray()) {
            return actual.isArray() && holdsElements(wanted, actual);
        }
        if (wanted.isNull()) {
            return actual.isNull() || actual.isMissingNode();
        }
        if (wanted.isNumber() && actual.isNumber()) {
            return wanted.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return wanted.equals(actual) || sameAmount(wanted.asText(), actual.asText());
    }

    private static boolean holdsFields(JsonNode wanted, JsonNode actual) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            JsonNode counterpart = actual.path(field.getKey());
            boolean bothEmpty = field.getValue().isEmpty()
                    && field.getValue().isContainerNode()
                    && (counterpart.isMissingNode() || counterpart.isEmpty());
            if (!bothEmpty && !holds(field.getValue(), counterpart)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsElements(JsonNode wanted, JsonNode actual) {
        if (wanted.isEmpty() || !wanted.get(0).isObject()) {
            return wanted.equals(actual);
        }
        for (JsonNode element : wanted) {
            boolean found = false;
            for (JsonNode candidate : actual) {
                found |= holds(element, candidate);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameAmount(String wanted, String actual) {
        if (!looksLikeAmount(wanted) || !looksLikeAmount(actual)) {
            return false;
        }
        try {
            return Quantity.getAmountInBytes(Quantity.parse(wanted))
                            .compareTo(Quantity.getAmountInBytes(Quantity.parse(actual)))
                    == 0;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean looksLikeAmount(String text) {
        return !text.isEmpty() && text.length() <= 32 && Character.isDigit(text.charAt(0));
    }
}
