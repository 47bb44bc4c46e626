package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Locale;

/**
 * What this JVM holds after collecting garbage, in bytes.
 *
 * @param heap objects
 * @param metaspace classes
 */
record MemoryUse(long heap, long metaspace) {
    /** What may come and go with where the threads just are, and with the JVM's own tables. */
    private static final long SLACK = 12 << 20;

    private static final int COLLECTIONS = 3;

    /** Of this moment. */
    static MemoryUse now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
        return new MemoryUse(heap, metaspace);
    }

    void assertNotMoreThan(MemoryUse earlier) {
        assertThat(heap).as("heap in bytes").isLessThan(earlier.heap + SLACK);
        assertThat(metaspace).as("metaspace in bytes").isLessThan(earlier.metaspace + SLACK);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "heap %.1f MB, metaspace %.1f MB", heap / 1e6, metaspace / 1e6);
    }
}
