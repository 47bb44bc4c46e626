package io.plumbline.pipeline.faults;

import io.plumbline.pipeline.broker.EmbeddedBroker;
import java.nio.file.Path;

/** A process with a broker: its folder and port. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
