package io.plumbline.exporters.jaeger;

import io.plumbline.exporters.Outcome;

/** One way of OTLP. The host's thread sends; close comes from any. */
interface SpanSender extends AutoCloseable {

    /**
     * Sends and waits for the answer.
     *
     * @param request an {@code ExportTraceServiceRequest}
     * @param spans how many it holds
     */
    Outcome send(byte[] request, int spans) throws InterruptedException;

    @Override
    void close();
}
