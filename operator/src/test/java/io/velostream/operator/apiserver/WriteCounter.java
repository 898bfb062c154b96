package io.velostream.operator.apiserver;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers every request that changes something. */
final class WriteCounter implements Interceptor {

    private final List<String> writes = new CopyOnWriteArrayList<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!"GET".equals(request.method())) {
            writes.add(request.method() + " " + request.uri().getPath());
        }
    }

    List<String> writes() {
        return List.copyOf(writes);
    }
}
