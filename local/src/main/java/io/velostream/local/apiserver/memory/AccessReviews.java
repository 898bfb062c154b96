package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers questions about rights: everybody may do everything here. */
final class AccessReviews {
    private AccessReviews() {}

    static ObjectNode answer(String plural, ObjectNode review) {
        ObjectNode answer = review.deepCopy();
        ObjectNode status = answer.putObject("status");
        switch (plural) {
            case "selfsubjectaccessreviews", "subjectaccessreviews" -> status.put("allowed", true);
            case "selfsubjectrulesreviews" -> {
                ObjectNode rule = status.putArray("resourceRules").addObject();
                rule.putArray("verbs").add("*");
                rule.putArray("apiGroups").add("*");
                rule.putArray("resources").add("*");
                status.putArray("nonResourceRules");
                status.put("incomplete", false);
            }
            default -> throw ApiException.noSuchPath();
        }
        return answer;
    }
}
