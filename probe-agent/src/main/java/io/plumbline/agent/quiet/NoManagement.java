package io.plumbline.agent.quiet;

import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;

/**
 * Stands for {@link java.lang.management.ManagementFactory} in the agent's libraries, which would make the platform's MBean
 * server before the application does.
 */
public final class NoManagement {
    private NoManagement() {}

    /**
     * There is none.
     *
     * @throws InstanceNotFoundException always, undeclared as what it stands for declares none; Kafka's client expects it
     *     for other reasons, and goes on without its MBeans
     */
    public static MBeanServer getPlatformMBeanServer() {
        throw NoManagement.<RuntimeException>undeclared(new InstanceNotFoundException("the agent registers no MBeans"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
