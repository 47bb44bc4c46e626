package io.plumbline.exporters.webhook;

import java.util.Optional;

/** How a message is written. */
interface Form {

    /** The same message gives the same bytes. */
    byte[] write(Message message, Optional<LinkTemplate> link);
}
