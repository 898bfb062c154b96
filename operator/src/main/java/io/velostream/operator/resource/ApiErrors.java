package io.velostream.operator.resource;

import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What the API server's refusals mean. */
public final class ApiErrors {

    private ApiErrors() {}

    /** Whether a write was refused because its namespace is being deleted: there is nothing left to do in it. */
    public static boolean isNamespaceGoing(KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN || e.getStatus() == null) {
            return false;
        }
        StatusDetails details = e.getStatus().getDetails();
        return details != null
                && details.getCauses() != null
                && details.getCauses().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    /** Whether the object of a write is gone. */
    public static boolean isGone(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }
}
