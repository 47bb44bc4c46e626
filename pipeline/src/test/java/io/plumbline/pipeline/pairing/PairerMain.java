package io.plumbline.pipeline.pairing;

import java.util.Map;

/** A process that pairs: the broker's address. */
final class PairerMain {
    private PairerMain() {}

    public static void main(String[] args) throws InterruptedException {
        Pairer pairer = Pairer.start(Map.of("bootstrap.servers", args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(pairer::close));
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
