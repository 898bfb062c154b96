package io.velostream.engine.job;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * An admin client that is made at its first use. Kafka's own cannot be made while no broker's name resolves, as in a
 * cluster where Kafka is not there yet; with this one each use fails with a {@link org.apache.kafka.common.KafkaException}
 * until it can.
 */
final class LateAdmin implements InvocationHandler {

    private final Map<String, Object> options;
    private @Nullable Admin made;

    private LateAdmin(Map<String, Object> options) {
        this.options = options;
    }

    static Admin of(Map<String, Object> options) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, new LateAdmin(options));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean closing = method.getName().equals("close");
        Admin admin;
        synchronized (this) {
            if (made == null && closing) {
                return null;
            }
            if (made == null) {
                made = Admin.create(options);
            }
            admin = made;
        }
        try {
            return method.invoke(admin, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
